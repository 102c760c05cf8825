"""`python -m curriculum` is the `curriculum` command."""

from curriculum.cli import main

if __name__ == "__main__":
    main()
