chart-as-table = See the figures as a table
