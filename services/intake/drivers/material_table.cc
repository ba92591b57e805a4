#include "services/intake/drivers/material_table.h"

namespace xiufu::intake {

std::vector<Material> SqlMaterialTable::Of(storage::Session& session, const Id& application) const {
  storage::Query query = session.Sql(
      "SELECT id, application, kind, file_name, media_type, size, sha256, created"
      " FROM material WHERE application = ? ORDER BY id",
      application);
  std::vector<Material> materials;
  while (query.Next()) {
    Material material;
    material.id = query.IdAt(0);
    material.application = query.IdAt(1);
    material.kind = std::string(query.Text(2));
    material.file_name = std::string(query.Text(3));
    material.media_type = std::string(query.Text(4));
    material.size = query.Int(5);
    material.sha256 = std::string(query.Blob(6));
    material.created = query.TimeAt(7);
    materials.push_back(std::move(material));
  }
  return materials;
}

bool SqlMaterialTable::HasBlob(storage::Session& session, absl::string_view sha256) const {
  return session
      .Sql(
          "SELECT 1 FROM material WHERE sha256 = ?"
          " UNION ALL SELECT 1 FROM pushed_material WHERE sha256 = ? AND there = 1 LIMIT 1",
          storage::Blob{sha256}, storage::Blob{sha256})
      .Next();
}

void SqlMaterialTable::Insert(storage::Tx& tx, const Material& material) const {
  tx.Run(
      "INSERT INTO material (id, application, kind, file_name, media_type, size, sha256, created)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      material.id, material.application, material.kind, material.file_name, material.media_type,
      material.size, storage::Blob{material.sha256}, material.created);
}

}  // namespace xiufu::intake
