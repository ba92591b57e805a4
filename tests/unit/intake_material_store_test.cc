#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "services/intake/drivers/material_store.h"
#include "tests/unit/intake_fixture.h"

namespace xiufu::intake {
namespace {

class MaterialStoreTest : public ::testing::Test {
 protected:
  std::string Keep(const std::string& content, absl::Time now) {
    std::unique_ptr<IncomingBlob> blob = *store_->Begin();
    for (char c : content) EXPECT_TRUE(blob->Append(std::string(1, c)).ok());
    const Received seen = blob->Seen();
    EXPECT_EQ(seen.size, static_cast<int64_t>(content.size()));
    EXPECT_EQ(seen.sha256, Sha256(content));
    EXPECT_EQ(seen.beginning, content.substr(0, 16));
    EXPECT_TRUE(blob->Keep(now).ok());
    return seen.sha256;
  }
  std::set<std::string> Files() {
    std::set<std::string> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_.path())) {
      if (entry.is_regular_file()) files.insert(entry.path().lexically_relative(folder_.path()));
    }
    return files;
  }
  int Sweep(absl::Time now, const std::set<std::string>& referred = {}) {
    return *store_->Sweep(now, [&](absl::string_view sha256) -> absl::StatusOr<bool> {
      return referred.contains(std::string(sha256));
    });
  }

  TempFolder folder_;
  std::unique_ptr<MaterialStore> store_ = *MaterialStore::Open(folder_.path());
};

TEST_F(MaterialStoreTest, NamesABlobByItsHash) {
  const std::string sha256 = Keep("hello", TestNow());
  const std::string hex = HexEncode(sha256);
  EXPECT_EQ(Files(), std::set<std::string>{hex.substr(0, 2) + "/" + hex});
  EXPECT_EQ(*(*store_->Read(sha256))->Next(100), "hello");
  Keep("hello", TestNow());
  EXPECT_EQ(Files().size(), 1u);
}

TEST_F(MaterialStoreTest, WhatIsNotKeptLeavesNothing) {
  {
    std::unique_ptr<IncomingBlob> blob = *store_->Begin();
    ASSERT_TRUE(blob->Append("half").ok());
    EXPECT_TRUE(Files().empty());
  }
  EXPECT_TRUE(Files().empty());
  EXPECT_EQ(store_->Read(Sha256("half")).status().code(), absl::StatusCode::kDataLoss);
}

TEST_F(MaterialStoreTest, ReadsInPieces) {
  const std::string sha256 = Keep("abcdefg", TestNow());
  std::unique_ptr<BlobReader> reader = *store_->Read(sha256);
  EXPECT_EQ(*reader->Next(3), "abc");
  EXPECT_EQ(*reader->Next(3), "def");
  EXPECT_EQ(*reader->Next(3), "g");
  EXPECT_EQ(*reader->Next(3), "");
}

TEST_F(MaterialStoreTest, SweepsOldBlobsThatNobodyRefersTo) {
  const std::string orphan = Keep("orphan", TestNow());
  const std::string used = Keep("used", TestNow());
  EXPECT_EQ(Sweep(TestNow() + absl::Minutes(59), {used}), 0) << "its row may still come";
  EXPECT_EQ(Sweep(TestNow() + absl::Minutes(61), {used}), 1);
  EXPECT_EQ(store_->Read(orphan).status().code(), absl::StatusCode::kDataLoss);
  EXPECT_TRUE(store_->Read(used).ok());
}

TEST_F(MaterialStoreTest, AnUploadOfAnOldOrphanSavesIt) {
  const std::string sha256 = Keep("again", TestNow());
  Keep("again", TestNow() + absl::Minutes(59));
  EXPECT_EQ(Sweep(TestNow() + absl::Minutes(90)), 0);
  // Between the sweep's question and its removal.
  const absl::Time later = TestNow() + absl::Hours(3);
  const int removed = *store_->Sweep(later, [&](absl::string_view) -> absl::StatusOr<bool> {
    Keep("again", later);
    return false;
  });
  EXPECT_EQ(removed, 0);
  EXPECT_TRUE(store_->Read(sha256).ok());
}

TEST_F(MaterialStoreTest, RemovesWhatAnUncleanStopLeft) {
  folder_.Write(".incoming-1-0", "half");
  folder_.Write("not ours", "x");
  store_ = *MaterialStore::Open(folder_.path());
  EXPECT_EQ(Files(), std::set<std::string>{"not ours"});
}

}  // namespace
}  // namespace xiufu::intake
