#include "services/department_adapter/drivers/sql_materials.h"

namespace xiufu::department {

std::vector<Material> ReadMaterials(storage::Session& session, const Id& task, int32_t round) {
  storage::Query query = session.Sql(
      "SELECT material, kind, media_type, size, sha256 FROM task_material"
      " WHERE task = ? AND round = ? ORDER BY position",
      task, round);
  std::vector<Material> materials;
  while (query.Next()) {
    materials.push_back({query.IdAt(0), std::string(query.Text(1)), std::string(query.Text(2)),
                         query.Int(3), std::string(query.Blob(4))});
  }
  return materials;
}

void InsertMaterials(storage::Tx& tx, const Id& task, int32_t round,
                     const std::vector<Material>& materials) {
  int position = 0;
  for (const Material& material : materials) {
    tx.Run(
        "INSERT INTO task_material (task, round, position, material, kind, media_type, size, "
        "sha256)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        task, round, ++position, material.material, material.kind, material.media_type,
        material.size, storage::Blob{material.sha256});
  }
}

}  // namespace xiufu::department
