from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from customers import municipal
        from intake.feeds import register
        from notifications import feeds
        from notifications.choosing import menu
        from notifications.listings import feeds as listings

        register(*feeds.FEEDS, *listings.FEEDS)
        municipal.register(
            municipal.Municipal("notifications", purposes=menu.purposes, note=menu.new_in_all)
        )
