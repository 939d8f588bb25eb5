"""The screens of a training organisation beside its sessions: attendance, dashboard, calendar, quality."""
