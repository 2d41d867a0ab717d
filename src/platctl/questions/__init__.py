"""One folder a question: what it answers, how, in which words, and its command."""
