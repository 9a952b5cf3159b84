from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"

    def ready(self) -> None:
        from customers import municipal
        from intake.feeds import register
        from notifications import feeds
        from notifications.choosing import menu

        register(*feeds.FEEDS)
        municipal.register(
            municipal.Municipal("notifications", purposes=menu.purposes, note=menu.new_in_all)
        )
