#include "libs/letter/typesetter.h"

#include <pango/pangofc-fontmap.h>

namespace xiufu::letter {
namespace {

template <typename T>
std::shared_ptr<T> Owned(T* object) {
  return std::shared_ptr<T>(object, [](T* owned) { g_object_unref(owned); });
}

PangoAlignment AlignmentOf(Align align) {
  switch (align) {
    case Align::kCentre:
      return PANGO_ALIGN_CENTER;
    case Align::kRight:
      return PANGO_ALIGN_RIGHT;
    case Align::kLeft:
      break;
  }
  return PANGO_ALIGN_LEFT;
}

int Units(double points) { return pango_units_from_double(points); }

}  // namespace

Typesetter::Typesetter(const Fonts& fonts)
    : map_(Owned(pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT))) {
  pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map_.get()), fonts.config());
  pango_cairo_font_map_set_resolution(PANGO_CAIRO_FONT_MAP(map_.get()), 72);
  context_ = Owned(pango_font_map_create_context(map_.get()));
  pango_context_set_language(context_.get(), pango_language_from_string("zh-cn"));
  pango_context_set_round_glyph_positions(context_.get(), FALSE);
  cairo_font_options_t* options = cairo_font_options_create();
  cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options(context_.get(), options);
  cairo_font_options_destroy(options);
}

TextLayout Typesetter::Set(const std::string& text, const TextStyle& style, double width) const {
  TextLayout layout = Owned(pango_layout_new(context_.get()));
  PangoFontDescription* font = pango_font_description_new();
  pango_font_description_set_family(font, style.sans ? "Noto Sans CJK SC" : "Noto Serif CJK SC");
  pango_font_description_set_weight(
      font, style.bold || style.sans ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
  pango_font_description_set_absolute_size(font, style.size * PANGO_SCALE);
  pango_layout_set_font_description(layout.get(), font);
  pango_font_description_free(font);
  pango_layout_set_width(layout.get(), Units(width));
  pango_layout_set_wrap(layout.get(), PANGO_WRAP_WORD_CHAR);
  pango_layout_set_alignment(layout.get(), AlignmentOf(style.align));
  if (style.indented) pango_layout_set_indent(layout.get(), Units(2 * style.size));
  pango_layout_set_line_spacing(layout.get(), static_cast<float>(style.spacing));
  // Where a number or an id is broken, a hyphen would be one more character of it.
  PangoAttrList* attributes = pango_attr_list_new();
  pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
  pango_layout_set_attributes(layout.get(), attributes);
  pango_attr_list_unref(attributes);
  pango_layout_set_text(layout.get(), text.data(), static_cast<int>(text.size()));
  return layout;
}

double HeightOf(const TextLayout& layout) {
  PangoRectangle logical;
  pango_layout_get_extents(layout.get(), nullptr, &logical);
  return pango_units_to_double(logical.height);
}

void Draw(cairo_t* cairo, const TextLayout& layout, double x, double y) {
  cairo_move_to(cairo, x, y);
  pango_cairo_show_layout(cairo, layout.get());
}

void DrawLines(cairo_t* cairo, const TextLayout& layout, double x, double y, double from,
               double to) {
  PangoLayoutIter* at = pango_layout_get_iter(layout.get());
  do {
    int top = 0, bottom = 0;
    PangoRectangle logical;
    pango_layout_iter_get_line_yrange(at, &top, &bottom);
    pango_layout_iter_get_line_extents(at, nullptr, &logical);
    const double middle = pango_units_to_double(top + bottom) / 2;
    if (middle < from || middle >= to) continue;
    cairo_move_to(cairo, x + pango_units_to_double(logical.x),
                  y + pango_units_to_double(pango_layout_iter_get_baseline(at)));
    pango_cairo_show_layout_line(cairo, pango_layout_iter_get_line_readonly(at));
  } while (pango_layout_iter_next_line(at));
  pango_layout_iter_free(at);
}

}  // namespace xiufu::letter
