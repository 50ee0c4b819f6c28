"""The export package (绩效申报包): a bag in a plain zip that a receiver can check without this program."""
