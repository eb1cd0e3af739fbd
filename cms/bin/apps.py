"""Wagtail's apps for pictures and documents without their way of removing files, in whose place is ``cms.bin.files``.

Wagtail puts a job into the queue once the row is gone: with the whole storage as its arguments (an S3 key among them),
lost when the process dies before, and free to delete a new file that has got the old one's name meanwhile.
"""

from django.db.models.signals import post_delete
from wagtail.documents.apps import WagtailDocsAppConfig
from wagtail.images.apps import WagtailImagesAppConfig


class ImagesConfig(WagtailImagesAppConfig):
    def ready(self) -> None:
        super().ready()
        from wagtail.images import get_image_model
        from wagtail.images.signal_handlers import post_delete_file_cleanup

        image = get_image_model()
        for model in (image, image.get_rendition_model()):
            post_delete.disconnect(post_delete_file_cleanup, sender=model)


class DocumentsConfig(WagtailDocsAppConfig):
    def ready(self) -> None:
        super().ready()
        from wagtail.documents import get_document_model
        from wagtail.documents.signal_handlers import post_delete_file_cleanup

        post_delete.disconnect(post_delete_file_cleanup, sender=get_document_model())
