from django.urls import path

from cms.bin import views

app_name = "bin"
urlpatterns = [
    path("", views.index, name="index"),
    path("<int:pk>/restore/", views.restore, name="restore"),
    path("<int:pk>/delete/", views.delete, name="delete"),
]
