"""How offers stand for needs, which change is news, and when the clock makes one."""
