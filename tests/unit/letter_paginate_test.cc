#include <gtest/gtest.h>

#include "libs/letter/paginate.h"

namespace xiufu::letter {
namespace {

Piece Of(double height, bool keep = false) { return {.height = height, .keep_with_next = keep}; }

std::vector<size_t> Counts(const std::vector<Page>& pages) {
  std::vector<size_t> counts;
  for (const Page& page : pages) counts.push_back(page.size());
  return counts;
}

TEST(Paginate, NothingIsOneEmptyPage) {
  EXPECT_EQ(Counts(Paginate({}, 100)), (std::vector<size_t>{0}));
}

TEST(Paginate, APageIsFilledToItsHeightAndNotBeyond) {
  EXPECT_EQ(Counts(Paginate({Of(50), Of(50), Of(50)}, 100)), (std::vector<size_t>{2, 1}));
  EXPECT_EQ(Counts(Paginate({Of(50), Of(51), Of(49)}, 100)), (std::vector<size_t>{1, 2}));
}

TEST(Paginate, SpaceBeforeIsLeftOutAtTheTop) {
  std::vector<Piece> pieces = {Of(60), Of(60), Of(30)};
  for (Piece& piece : pieces) piece.space_before = 10;
  const std::vector<Page> pages = Paginate(pieces, 100);
  ASSERT_EQ(Counts(pages), (std::vector<size_t>{1, 2}));
  EXPECT_EQ(pages[0][0].y, 0);
  EXPECT_EQ(pages[1][0].y, 0);
  EXPECT_EQ(pages[1][1].y, 70);
}

TEST(Paginate, AHeadingGoesToTheNextPageWithWhatItHeads) {
  EXPECT_EQ(Counts(Paginate({Of(80), Of(10, true), Of(20)}, 100)), (std::vector<size_t>{1, 2}));
}

TEST(Paginate, WhatFitsOnNoPageIsBrokenAllTheSame) {
  EXPECT_EQ(Counts(Paginate({Of(50), Of(60, true), Of(60, true), Of(60)}, 100)),
            (std::vector<size_t>{1, 1, 1, 1}));
  EXPECT_EQ(Counts(Paginate({Of(10), Of(300), Of(10)}, 100)), (std::vector<size_t>{1, 1, 1}));
}

TEST(Paginate, AHeadComesAgainOnEveryPage) {
  const auto head = std::make_shared<Piece>(Of(20));
  std::vector<Piece> pieces = {Of(20, true), Of(40), Of(40), Of(40), Of(40)};
  for (size_t i = 1; i < pieces.size(); ++i) pieces[i].head = head;
  const std::vector<Page> pages = Paginate(pieces, 100);
  ASSERT_EQ(Counts(pages), (std::vector<size_t>{3, 3}));
  EXPECT_EQ(pages[1][0].piece, head.get());
  EXPECT_EQ(pages[1][1].y, 20);
}

TEST(Paginate, APieceMayAskForAPageOfItsOwn) {
  std::vector<Piece> pieces = {Of(10), Of(10), Of(10)};
  pieces[1].starts_page = true;
  EXPECT_EQ(Counts(Paginate(pieces, 100)), (std::vector<size_t>{1, 2}));
  pieces[0].starts_page = true;
  EXPECT_EQ(Counts(Paginate(pieces, 100)), (std::vector<size_t>{1, 2}));
}

}  // namespace
}  // namespace xiufu::letter
