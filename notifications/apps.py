from datetime import timedelta

from django.apps import AppConfig

from kelmu import jobs


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from customers import municipal
        from intake.feeds import register
        from notifications import feeds
        from notifications.choosing import menu
        from notifications.listings import feeds as listings
        from notifications.listings.keeping import remove_superseded

        register(*feeds.FEEDS, *listings.FEEDS)
        jobs.register("superseded lists", timedelta(days=1), remove_superseded)
        municipal.register(
            municipal.Municipal("notifications", purposes=menu.purposes, note=menu.new_in_all)
        )
