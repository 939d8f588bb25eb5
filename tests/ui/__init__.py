"""The screens: access, states, public pages, colours, weight."""
