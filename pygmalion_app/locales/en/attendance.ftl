# Attendance by half-day.
att-title = Attendance
att-loading = Reading the sheet…
att-away = The sheet could not be read. It appears as soon as the network is back.
att-pad = Signature field: draw, or press Enter to sign with a cross
att-pad-text = Sign in the frame, with a finger or the mouse.
att-sign = Sign
att-sign-again = Sign again
att-clear = Clear
att-reason = Reason
att-note = Details (optional)
att-minutes = Minutes late
att-came-late = Came late
att-absent = Absent
att-absent-text = The reason stands on the sheet; the details do not.
att-note-absent = Note the absence
att-is-absent = Absent
att-is-present = Present
att-is-late = { $minutes } min late
att-unsigned = To sign
att-to-send = To be sent
att-waiting = Kept on this device, to be sent: { $count }
att-waiting-text = Everything leaves as soon as the network is back. The time of signing is now. Keep this page open, or open it again later on this device.
att-halves = Half-days
att-noted = { $count } of { $total } noted
att-paper = Sheet as PDF
att-code = Code to scan
att-code-text = Each participant scans this code with their phone and signs there. The code changes every 20 seconds.
att-code-alt = QR code of the half-day
att-code-offline = Without a network the code changes no more: have people sign on this device.
att-not-open = This half-day is not open: people sign from one hour before it begins to one day after it ends.
att-ready = Everybody is noted. Your turn to sign.
att-missing = Still to be noted before your signature: { $count }
att-countersign = Sign as the trainer
att-trainer-text = Your signature closes the half-day: nothing changes there any more unless you open it again.
att-closed-by = Closed by { $name }
att-reopen = Open again
att-you = you
att-signed-here = Signed at { $at }, on this device
att-signed-at = Signed at { $at }
att-signed-own = Signed at { $at } on their phone
att-received-at = Signed at { $at } · received { $received }
att-kept = Signature kept on this phone
att-kept-text = There is no network. It leaves as soon as there is one; keep this page open.
att-done = Signed
att-done-text = Your trainer sees your signature. You can close this page.
att-refused = Signature refused

half-morning = morning
half-afternoon = afternoon
half-evening = evening

reason-transport = transport
reason-illness = illness
reason-work = work
reason-family = family
reason-other = another reason
reason-unknown = reason unknown

attend-title = Sign my attendance
attend-half = { $day } · { $half }, from { $start }
attend-as = You sign as
attend-late-before = You are
attend-late-after = minutes late: say why, then sign.
attend-already = You have signed already
attend-already-text = Your attendance of this half-day is on record.
attend-refused = Cannot be signed

sheet-kicker = Attendance sheet
sheet-school = Training organisation: { $name }
sheet-when = { $days } · { $place }
sheet-led = Trainer: { $name }
sheet-participant = Participant
sheet-trainer = Trainer
sheet-signature = Handwritten signature
sheet-absent = Absent ({ $reason })
sheet-late = { $minutes } min late
sheet-signed-at = signed at { $at }
sheet-received-at = signed at { $at }, received { $received }
sheet-closing = Local times ({ $zone }). “Signed” is the device’s time; “received” the server’s, where a signature was taken without a network.
sheet-footer = Session { $session }

teach-attendance-open = Attendance sheet
teach-attended = { $signed } of { $total } half-day(s) signed
teach-attended-absent = { $signed } of { $total } signed, absent from { $absent }
teach-from-attendance = The attendance is complete and taken over below. You decide by validating.

privacy-area-attendance = Attendance
privacy-kept-attendance = Your attendance of training
privacy-kept-attendance-why = Day and time of each half-day, for 7 years after the session; your signatures and reasons are erased.
retention-attendance = Attendance of participants
retention-attendance-trainers = Signatures of trainers

error-attendance_closed-title = Half-day closed
error-attendance_closed = The trainer has signed this half-day already. Ask them to open it again if something is missing.
error-attendance_incomplete-title = Somebody is missing
error-attendance_incomplete = { $missing ->
    [one] One person is neither signed nor absent. Note them, then sign.
   *[other] { $missing } people are neither signed nor absent. Note them, then sign.
}
error-attendance_not_open-title = Not the time to sign
error-attendance_not_open = People sign from one hour before the half-day begins to one day after it ends.
error-attendance_code-title = Code out of date
error-attendance_code = This code is no longer valid. Scan the one that the trainer shows now.
error-attendance_not_participant-title = Not enrolled in this session
error-attendance_not_participant = Your account has no confirmed seat in this session. Check which account you are signed in with, or speak to the trainer.
