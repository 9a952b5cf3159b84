from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "customers"

    def ready(self) -> None:
        from customers import feeds
        from intake.feeds import register

        register(feeds.CUSTOMERS)
