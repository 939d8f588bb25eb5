# Account security: passwords, devices, confirming who one is.
error-reauthentication_required-title = Confirm your identity
error-reauthentication_required = This is a sensitive change: confirm who you are first, then try again.
