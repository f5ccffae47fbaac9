"""Studies: what a file in studies/ may say, and the words in which it speaks."""
