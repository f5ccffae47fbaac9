"""One module a rule, of the same name: it reads files and arguments, calls the library, writes."""
