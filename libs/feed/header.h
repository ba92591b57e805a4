#pragma once

#include <array>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "libs/feed/layout.h"

namespace xiufu::feed {

// Where each column stands in one file, or in one object of a live platform.
class Header {
 public:
  // INVALID_ARGUMENT with a violation for each empty column, each that stands there twice and, with
  // `complete`, each required one that is missing (a file that lacks it has no good row). `layout`
  // outlives it.
  static absl::StatusOr<Header> Bind(const std::vector<std::string>& columns, const Layout& layout,
                                     const LayoutBook& book, bool complete);

  const Layout& layout() const { return *layout_; }
  size_t width() const { return names_.size(); }
  // As the file has it, in upper case.
  const std::string& NameAt(size_t position) const { return names_[position]; }
  // The first of the columns that mean it and are not empty in this row, else the first; width()
  // when there is none.
  size_t PositionOf(const std::vector<std::string>& row, Meaning meaning) const;
  // All of them, in the layout's order.
  const std::vector<size_t>& PositionsOf(Meaning meaning) const {
    return positions_[static_cast<size_t>(meaning)];
  }
  // What a complaint about it names: the file's column, or the layout's.
  const std::string& NameOf(const std::vector<std::string>& row, Meaning meaning) const;
  // Columns without a meaning, with their names. Those that hold names or document numbers of
  // natural persons are not among them: nobody keeps what is not asked for.
  const std::vector<std::pair<size_t, std::string>>& extra() const { return extra_; }
  // Columns that only natural persons have.
  const std::vector<size_t>& of_persons() const { return of_persons_; }

 private:
  explicit Header(const Layout& layout) : layout_(&layout) {}

  const Layout* layout_;
  std::vector<std::string> names_;
  std::array<std::vector<size_t>, kMeaningCount> positions_;
  std::vector<std::pair<size_t, std::string>> extra_;
  std::vector<size_t> of_persons_;
};

}  // namespace xiufu::feed
