import { DatabaseSync } from 'node:sqlite';

/**
 * Adds the indexes that the queries of dynoxide's stream need to its file. dynoxide 1.2.1 queries a table's highest
 * sequence number before each streamed write, and a shard's records in each GetRecords, over a table without an index:
 * both slow down with every record ever written. A file that has the indexes, or no such table, is left unchanged.
 *
 * @throws Error if the file cannot be opened or is locked for 5 seconds
 */
export const indexStreamRecords = (file: string): void => {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    const there = database
      .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = '_stream_records'")
      .get();
    if (there !== undefined) database.exec(INDEXES);
  } finally {
    database.close();
  }
};

// The expressions are dynoxide's own: SQLite uses an index on an expression only if the query has the same expression.
const INDEXES = `
CREATE INDEX IF NOT EXISTS mailtrail_stream_of_table
  ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
CREATE INDEX IF NOT EXISTS mailtrail_stream_of_shard
  ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER));
`;
