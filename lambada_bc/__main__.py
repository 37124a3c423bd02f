"""``python -m lambada_bc``."""

from lambada_bc.cli import main

if __name__ == "__main__":
    main()
