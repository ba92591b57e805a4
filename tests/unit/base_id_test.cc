#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "absl/hash/hash.h"
#include "libs/base/id.h"

namespace xiufu {
namespace {

constexpr char kText[] = "0192f3a4-5b6c-7d8e-8f01-23456789abcd";

TEST(Id, TextThereAndBack) {
  const absl::StatusOr<Id> id = Id::Parse(kText);
  ASSERT_TRUE(id.ok());
  EXPECT_EQ(id->ToString(), kText);
  EXPECT_EQ(*Id::Parse("0192F3A4-5B6C-7D8E-8F01-23456789ABCD"), *id);
  EXPECT_EQ(*Id::FromBytes(id->bytes()), *id);
  EXPECT_EQ(id->UnixMillis(), 0x0192f3a45b6c);
}

TEST(Id, OtherTextIsRefused) {
  for (const char* text :
       {"", "0192f3a4-5b6c-7d8e-8f01-23456789abc", "0192f3a45b6c-7d8e-8f01-23456789abcd-",
        "0192f3a4-5b6c-7d8e-8f01-23456789abcg", "{192f3a4-5b6c-7d8e-8f01-23456789abc}",
        "0192f3a4 5b6c 7d8e 8f01 23456789abcd", " 0192f3a4-5b6c-7d8e-8f01-23456789abcd"}) {
    EXPECT_FALSE(Id::Parse(text).ok()) << text;
  }
  EXPECT_FALSE(Id::FromBytes("short").ok());
  EXPECT_FALSE(Id::FromBytes(std::string(17, 'x')).ok());
}

TEST(Id, NoneIsAllZero) {
  EXPECT_TRUE(Id().IsNone());
  EXPECT_TRUE(Id::FromBytes(std::string(16, '\0'))->IsNone());
  EXPECT_FALSE(Id::Parse(kText)->IsNone());
}

TEST(Id, DerivedIdsAreStableForEver) {
  // Written down, because stored ids must come out the same in every later version.
  const Id cause = *Id::Parse(kText);
  EXPECT_EQ(DeriveId(cause, "case", 0, {1, 13}).ToString(), "0192f3a4-5b6c-8010-b702-9d0719fb5411");
}

TEST(Id, DerivedIdsKeepTimeAndPlace) {
  const Id cause = *Id::Parse(kText);
  const Id id = DeriveId(cause, "case", 3, {0xAB, 0xCD});
  EXPECT_EQ(id.UnixMillis(), cause.UnixMillis());
  const std::string text = id.ToString();
  EXPECT_EQ(text[14], '8');                               // version
  EXPECT_EQ(text.substr(15, 3), "abc");                   // 12 bits of the place
  EXPECT_EQ((text[19] >= '8' && text[19] <= 'b'), true);  // variant 10
  const uint8_t byte8 = static_cast<uint8_t>(id.bytes()[8]);
  EXPECT_EQ(byte8 >> 2 & 0xF, 0xD);  // the last 4 bits of the place
}

TEST(Id, DerivedIdsDifferInEveryInput) {
  const Id cause = *Id::Parse(kText), other = *Id::Parse("0192f3a4-5b6c-7d8e-8f01-23456789abce");
  std::set<Id> ids;
  for (const Id& c : {cause, other})
    for (const char* tag : {"", "case", "task"})
      for (uint64_t ordinal : {0, 1, 256})
        for (uint8_t bucket : {0, 1, 15}) ids.insert(DeriveId(c, tag, ordinal, {1, bucket}));
  EXPECT_EQ(ids.size(), 2u * 3 * 3 * 3);
}

TEST(Id, Sha256IsTheStandardOne) {
  EXPECT_EQ(HexEncode(Sha256("abc")),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(HexEncode(Sha256("")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Id, HexRefusesWhatIsNone) {
  EXPECT_EQ(*HexDecode("00fFA1"), std::string("\x00\xff\xa1", 3));
  EXPECT_FALSE(HexDecode("0").ok());
  EXPECT_FALSE(HexDecode("0g").ok());
}

TEST(Id, BucketsAreSixteenAndFair) {
  std::vector<int> count(16);
  for (uint64_t i = 0; i < 1600; ++i) {
    const Id id = DeriveId(*Id::Parse(kText), "application", i, {});
    ASSERT_LT(BucketOf(id), 16);
    ++count[BucketOf(id)];
  }
  for (int n : count) EXPECT_GT(n, 50);
}

RC_GTEST_PROP(IdProperty, OrderOfIdsIsOrderOfBytesAndText, ()) {
  const auto any = rc::gen::container<std::string>(Id::kSize, rc::gen::arbitrary<char>());
  const Id a = *Id::FromBytes(*any), b = *Id::FromBytes(*any);
  RC_ASSERT((a < b) == (a.bytes() < b.bytes()));
  RC_ASSERT((a < b) == (a.ToString() < b.ToString()));
  RC_ASSERT((a == b) == (absl::Hash<Id>()(a) == absl::Hash<Id>()(b)));
  RC_ASSERT(*Id::Parse(a.ToString()) == a);
  RC_ASSERT(*HexDecode(HexEncode(a.bytes())) == a.bytes());
}

}  // namespace
}  // namespace xiufu
