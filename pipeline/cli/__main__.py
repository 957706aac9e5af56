"""Makes `python -m pipeline.cli` the same as `corridor`."""

from pipeline.cli.command import main

if __name__ == "__main__":
    main()
