#pragma once

#include <string>
#include <utility>

#include "absl/strings/string_view.h"
#include "libs/letter/document.h"
#include "services/xiufuctl/guide_words.h"

namespace xiufu::ctl {

// A document of an authority that is being written, block by block. Views the words.
class GuidePage {
 public:
  GuidePage(letter::Document empty, const GuideWords& words)
      : words_(words), document_(std::move(empty)) {}

  void Put(letter::Block block) { document_.blocks.push_back(std::move(block)); }
  void Say(std::string text) { Put(letter::Paragraph{.text = std::move(text)}); }
  // Of what comes next, and on one page with it.
  void SayOfNext(std::string text) {
    Put(letter::Paragraph{.text = std::move(text), .keep_with_next = true});
  }
  // The next numbered section.
  void Head(absl::string_view key) { Put(letter::Heading{words_.Section(section_++, key)}); }

  letter::Document Finish() { return std::move(document_); }

 private:
  const GuideWords& words_;
  letter::Document document_;
  size_t section_ = 0;
};

}  // namespace xiufu::ctl
