import { DatabaseSync } from 'node:sqlite';

/**
 * Adds to a dynoxide file the indexes that its stream's queries need. dynoxide 1.2.1 asks for a table's highest sequence
 * number before each streamed write, and for a shard's records in each GetRecords, over a table without an index: both
 * slow down with every record that was ever written. A file that has the indexes, or no such table, is left as it is.
 *
 * @throws Error where the file cannot be opened or is locked for 5 seconds
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

// The expressions are dynoxide's own: SQLite uses an index on an expression only where the query writes it the same way.
const INDEXES = `
CREATE INDEX IF NOT EXISTS mailtrail_stream_of_table
  ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
CREATE INDEX IF NOT EXISTS mailtrail_stream_of_shard
  ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER));
`;
