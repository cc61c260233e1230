"""A client's page: its bookings, visits, reports, results and corrective actions, to be read by the client.

`reading.read_client_page(source, now, client, first_day, last_day)` gives a `rows.ClientPage`, asked from the client's
own rows alone: other clients, drafts, inspectors' own data, remarks of the house and results whose report is not
released are never read into it. `document.page_document(page, language)` puts it into words, once for both forms:
`render.render_html` makes one file of HTML that needs nothing else, `desktop.views.paper.client_page` a PDF. Photos
come from `photos.read_photos`, and are drawn anew before they are shown.
"""
