"""The whole system on one machine: embedded AWS, runner, command line."""
