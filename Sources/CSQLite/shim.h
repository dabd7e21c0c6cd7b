// Makes SQLite callable from Swift, with the settings that its variadic call makes.
#ifndef BILAN_CSQLITE_SHIM_H
#define BILAN_CSQLITE_SHIM_H
#include <sqlite3.h>

// Refuses what a hostile file could do through its schema: functions, triggers and writes into it.
static inline int sqlite_defend(sqlite3 *database) {
  int status = sqlite3_db_config(database, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
  if (status == SQLITE_OK) status = sqlite3_db_config(database, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, (int *)0);
  return status;
}

// Leaves the log beside the file as it is when the database is closed.
static inline int sqlite_leave_log(sqlite3 *database) {
  return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}
#endif
