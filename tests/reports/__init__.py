"""Reports, the airport's dashboard, the platform's figures, and the charts they are drawn with."""
