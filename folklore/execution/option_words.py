"""Options that take several words, as Snakemake writes them: `--config a=1 b=2`, `--sections a.json b.json`."""

from collections.abc import Collection


def one_by_one(words: list[str], options: Collection[str], further: str = "") -> list[str]:
    """Repeat the option before each of its values: `--config a=1 --config b=2`; drop an option without values.

    `further`: characters that the second value and those after it contain; any other word is no value.
    """
    found: list[str] = []
    option, first = None, False
    for word in words:
        if word in options:
            option, first = word, True
        elif option and not word.startswith("-") and (first or further in word):
            found += [option, word]
            first = False
        else:
            option = None
            found.append(word)
    return found
