from django.urls import path
from django.views.generic import TemplateView

urlpatterns = [path("price/<int:cents>", TemplateView.as_view(template_name="price.html"))]
