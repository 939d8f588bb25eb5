# Certificate: signatory, specimen
certificate-signatory = Signatory
certificate-specimen = Specimen
certificate-sample-holder = Camille Sample
certificate-sample-course = Civil aviation security: initial training

# Statement of completion
completion-title = Statement of completion
completion-basis = Certificat de réalisation, French Labour Code L6313-1 and L6353-1. Translation for convenience: the French document prevails.
completion-declares = I, { $signatory }, { $title }, declare for the training provider { $organization } that:
completion-declares-organization = The training provider { $organization } declares that:
completion-employer = employee or trainee of the company { $company }
completion-followed = followed this course:
completion-nature = Nature of the action for the development of skills:
completion-nature-training = training
completion-nature-assessment = skills assessment
completion-nature-validation = validation of experience
completion-nature-apprenticeship = training by apprenticeship
completion-checked = ticked
completion-unchecked = not ticked
completion-from = Which took place from
completion-until = to
completion-hours = For a duration of
completion-keeps = Without prejudice to the periods of tax, accounting and commercial law, the provider keeps all evidence on which this statement rests for three years from the end of the year of the last payment. Where European funds contribute, that period is extended as agreed with them.
completion-made = { $day }
completion-made-at = { $city }, { $day }
completion-sign = For the training provider
completion-signed = Signed electronically (PAdES): any change to this file shows.
completion-footer = Made with certificate { $number }
completion-nda = Activity declaration no. { $nda }
completion-file-name = statement-of-completion-{ $number }.pdf
completion-download = Statement of completion (French)

# Errors
error-completion_withdrawn-title = Document withdrawn
error-completion_withdrawn = This certificate was taken back, or its holder’s name erased: its statement of completion is no longer given.
error-accent_unreadable-title = Colour too pale
error-accent_unreadable = This colour is hard to read on white paper (contrast { $contrast }, at least { $least } is needed). Choose a darker one.
error-logo_refused-title = Logo refused
error-logo_refused = { $fault ->
    [too_large] This file is over 500 KB. Make it smaller.
    [empty] This file is empty. Choose another one.
    [unknown_type] This file is neither PNG nor JPEG nor SVG. Export the logo in one of these formats.
    [too_many_pixels] This drawing has too much detail. Simplify it, or export it as PNG.
    [active_content] This SVG holds text, pictures, scripts or links. Convert its text to outlines and export shapes alone, or a PNG.
    [disguised] This file holds something beside a picture. Export the logo again.
   *[damaged] This file cannot be read. Export the logo again.
}

# Page “certificate template”
tab-organization-certificates = Certificates
template-title = Certificate template
template-lead = What your certificates carry beside what they attest. Those already issued do not change.
template-school-title = For training organisations
template-school-text = Only an administrator of a training organisation sets its certificates’ template.
template-logo = Logo
template-logo-hint = PNG, JPEG or SVG, 500 KB at most. A transparent background is best.
template-logo-kept = Your logo is on the preview.
template-logo-none = Without a logo, the organisation’s name stands in its place.
template-logo-send = Send the logo
template-logo-remove = Remove the logo
template-logo-file = Logo file
template-no-file = Choose a file.
template-send-failed = The logo could not be sent. Try again.
template-logo-saved = Logo saved
template-logo-removed = Logo removed
template-words = Signatory and wording
template-signatory = Signatory’s name
template-signatory-title = Position
template-wording = Regulated wording (French)
template-wording-hint = Approval, regulation, reference: 400 characters at most.
template-wording-en = The same wording in English
template-accent = Accent colour
template-accent-hint = Dark enough to be read on white paper.
template-save = Save the template
template-saved = Template saved: certificates issued from now on follow it
template-not-saved = Template not saved
template-too-long = Too long. Shorten this text.
template-preview = Preview
template-preview-text = With an invented holder. The preview follows what you type, before you save.
template-preview-alt = Preview of a certificate with your logo, signatory and wording
template-specimen = Download a specimen (PDF)
