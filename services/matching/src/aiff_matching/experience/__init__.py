"""Experience: what is learnt from use, and how the attention of answers is shared out."""
