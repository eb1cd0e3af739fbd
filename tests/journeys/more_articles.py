"""What the demo content lacks, for `manage.py shell`: an article in German only, and enough of them for two pages."""

import datetime as dt

from news.models import NewsIndexPage, NewsPage

index = NewsIndexPage.objects.sources().get()
titles = {"nur-auf-deutsch": "Nur auf Deutsch", **{f"archiv-{number}": f"Archiv {number}" for number in range(1, 11)}}
for number, (slug, title) in enumerate(titles.items()):
    day = dt.date(2020, 12, 31) - dt.timedelta(days=number)
    article = NewsPage(
        title=title, slug=slug, date=day, locale=index.locale, lead=f"Worum es in {title} geht.", live=False
    )
    article.body = [("paragraph", "<p>Ein deutscher Absatz über die Stadt und ihre Menschen.</p>")]
    index.add_child(instance=article)
    article.save_revision().publish()
