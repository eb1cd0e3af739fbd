"""What the ground changes in Wagtail."""

from wagtail import hooks
from wagtail.rich_text.feature_registry import FeatureRegistry

from cms.links import ReaderPageLinkHandler


@hooks.register("register_rich_text_features", order=100)
def link_in_readers_language(features: FeatureRegistry) -> None:
    features.register_link_type(ReaderPageLinkHandler)
