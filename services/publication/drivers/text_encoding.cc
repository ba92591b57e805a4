#include "services/publication/drivers/text_encoding.h"

#include <iconv.h>

#include <algorithm>
#include <utility>

#include "absl/strings/ascii.h"
#include "libs/base/text.h"

namespace xiufu::publication {
namespace {

using feed::FeedRow;

bool IsAscii(absl::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return absl::ascii_isascii(static_cast<unsigned char>(c)); });
}

bool IsAscii(const FeedRow& row) {
  return std::all_of(row.fields.begin(), row.fields.end(),
                     [](const std::string& field) { return IsAscii(field); });
}

}  // namespace

Gb18030::Gb18030() : converter_(iconv_open("UTF-8", "GB18030")) {}

Gb18030::~Gb18030() { iconv_close(converter_); }

bool Gb18030::Decode(absl::string_view bytes, std::string& text) {
  text.resize(bytes.size() * 3);                 // two bytes make at most three
  char* from = const_cast<char*>(bytes.data());  // iconv only reads it
  char* to = text.data();
  size_t left = bytes.size(), room = text.size();
  iconv(converter_, nullptr, nullptr, nullptr, nullptr);
  if (iconv(converter_, &from, &left, &to, &room) == static_cast<size_t>(-1)) return false;
  text.resize(text.size() - room);
  return true;
}

void RowDecoder::Take(std::vector<FeedRow>& raw, std::vector<FeedRow>& rows) {
  for (FeedRow& row : raw) {
    if (encoding_ != Encoding::kUnknown) {
      Convert(row);
      rows.push_back(std::move(row));
    } else if (held_.empty() && IsAscii(row)) {
      rows.push_back(std::move(row));
    } else {
      Vote(row);
      for (const std::string& field : row.fields) held_bytes_ += field.size();
      held_.push_back(std::move(row));
      if (for_utf8_ + for_gb18030_ >= kVotes || held_.size() >= kMostHeld ||
          held_bytes_ >= kMostHeldBytes) {
        Decide(rows);
      }
    }
  }
  raw.clear();
}

void RowDecoder::Finish(std::vector<FeedRow>& rows) { Decide(rows); }

void RowDecoder::Vote(const FeedRow& row) {
  if (IsAscii(row)) return;
  const auto makes_sense = [](const std::string& field) { return IsValidUtf8(field); };
  if (std::all_of(row.fields.begin(), row.fields.end(), makes_sense)) {
    ++for_utf8_;
    return;
  }
  std::string text;
  const auto decodes = [&](const std::string& field) { return gb18030_.Decode(field, text); };
  if (std::all_of(row.fields.begin(), row.fields.end(), decodes)) ++for_gb18030_;
}

void RowDecoder::Decide(std::vector<FeedRow>& rows) {
  encoding_ = for_gb18030_ > for_utf8_ ? Encoding::kGb18030 : Encoding::kUtf8;
  for (FeedRow& row : held_) {
    Convert(row);
    rows.push_back(std::move(row));
  }
  held_.clear();
}

// What is none stays what no encoding allows, so that its field is named.
void RowDecoder::Convert(FeedRow& row) {
  if (encoding_ != Encoding::kGb18030) return;
  std::string text;
  for (std::string& field : row.fields) {
    if (IsAscii(field)) continue;
    field = gb18030_.Decode(field, text) ? text : std::string("\xFF");
  }
}

}  // namespace xiufu::publication
