/* ---
title: Lines added and deleted by the file changes whose lines are known
columns:
  repository: {type: varchar, doc: Name of the repository.}
  commit_id: {type: varchar, doc: Object id.}
  path: {type: varchar, doc: "Display path after the change (before it, for a deletion)."}
  added: {type: bigint, doc: Lines added; null where a content is binary.}
  deleted: {type: bigint, doc: Lines deleted; null where a content is binary.}
  is_binary: {type: boolean, doc: True where git takes a content for binary.}
grain: one row per commit and path whose lines were counted
key: [repository, commit_id, path]
--- */
select
    f.repository,
    f.commit_id,
    f.path,
    b.added_lines as added,
    b.deleted_lines as deleted,
    b.is_binary
from file_changes as f
-- A change has no content before or after where a file came or went.
inner join blob_lines as b
    on
        f.old_blob_id is not distinct from b.old_blob_id
        and f.new_blob_id is not distinct from b.new_blob_id
