"""What keeps visitors, editors and the operator safe; the same in every installation."""

from typing import Any

from csp.constants import NONE, SELF

SECURE_CONTENT_TYPE_NOSNIFF = True
# Tile servers refuse "same-origin"; nothing but the origin ever leaves.
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"
SILENCED_SYSTEM_CHECKS = [
    "security.W019",  # wants DENY, but the editor shows its previews in a frame
    "security.W005",  # wants HSTS for all subdomains and in browsers' lists: that is the city's to decide
    "security.W021",
]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cms.http.errors.csrf_failure"

CONTENT_SECURITY_POLICY: dict[str, Any] = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "img-src": [SELF],
        "style-src": [SELF],
        "script-src": [NONE],
        "font-src": [NONE],
        "media-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
    },
}
"""Public pages: no inline script or style, nothing from elsewhere."""

ADMIN_CONTENT_SECURITY_POLICY: dict[str, list[str]] = {
    "default-src": [SELF],
    # Wagtail's editor writes inline scripts and styles and draws pictures from blobs.
    "script-src": [SELF, "'unsafe-inline'", "'unsafe-eval'"],
    "style-src": [SELF, "'unsafe-inline'"],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
    "form-action": [SELF],
    "base-uri": [SELF],
    "object-src": [NONE],
}

PERMISSIONS_POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "cms.accounts.authentication.EmailBackend"]
AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_FORM_FIELD = "username"
AXES_USERNAME_CALLABLE = "cms.accounts.authentication.attempted_address"
AXES_CLIENT_IP_CALLABLE = "cms.accounts.authentication.client_address"
AXES_LOCKOUT_CALLABLE = "cms.http.errors.locked_out"
AXES_ENABLE_ADMIN = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "code"]
PROXY_COUNT = 0
"""Proxies of the city before the server, each of which adds the address of who asked it to ``PROXY_HEADER``."""
PROXY_HEADER = "X-Forwarded-For"

SECOND_FACTOR_REQUIRED = False
"""Whether press office, integration centre and administrators must have one; production requires it."""
OTP_TOTP_ISSUER = "Miteinander"
# Guesses are limited by client and account (cms.accounts.authentication): who guesses could lock the device.
OTP_TOTP_THROTTLE_FACTOR = 0
OTP_STATIC_THROTTLE_FACTOR = 0

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
