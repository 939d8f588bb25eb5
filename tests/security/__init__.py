"""Tests of the whole product against the wishes of somebody who means it no good."""
