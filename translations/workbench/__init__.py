"""Where translators write: German beside their language, sentence by sentence."""
