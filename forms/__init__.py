"""The core of jixiao (绩效填报): templates, filings, rules, paper, packages. It never imports Qt."""

__version__ = "0.1.0"
