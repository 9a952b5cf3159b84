"""Names as they are looked for: whatever the case of their letters and the marks on them."""

from django.db.models import Transform


class Plain(Transform):
    """`name__plain__contains`: both sides in small letters without their marks."""

    lookup_name = "plain"
    function = "organisations_plain"
    bilateral = True
