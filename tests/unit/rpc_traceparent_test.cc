#include <gtest/gtest.h>

#include "libs/rpc/traceparent.h"

namespace xiufu::rpc {
namespace {

constexpr char kExample[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

TEST(RpcTraceparentTest, ReadsAndWritesTheStandardsExample) {
  const auto parsed = ParseTraceparent(kExample);
  ASSERT_TRUE(parsed.has_value());
  EXPECT_EQ(parsed->trace_id[0], 0x4b);
  EXPECT_EQ(parsed->parent_id[7], 0xb7);
  EXPECT_EQ(parsed->flags, 1);
  EXPECT_EQ(FormatTraceparent(*parsed), kExample);
}

TEST(RpcTraceparentTest, AChildStaysInItsTrace) {
  const auto child = ChildOf(*ParseTraceparent(kExample), {1, 2, 3, 4, 5, 6, 7, 8});
  EXPECT_EQ(FormatTraceparent(child), "00-4bf92f3577b34da6a3ce929d0e0e4736-0102030405060708-01");
}

TEST(RpcTraceparentTest, MalformedOnesAreNothing) {
  for (const char* text : {"", "00", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                           "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                           "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                           "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                           "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                           "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
                           "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                           "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more"}) {
    EXPECT_FALSE(ParseTraceparent(text).has_value()) << text;
  }
}

TEST(RpcTraceparentTest, ALaterVersionMaySayMore) {
  EXPECT_TRUE(
      ParseTraceparent("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more").has_value());
}

}  // namespace
}  // namespace xiufu::rpc
