import { createApp } from '../lib/app.ts';
import { SettingsError } from '../lib/settings/settings.ts';

try {
  createApp();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  // Invalid settings, not a fault of the program: a stack trace would only hide the helpful message.
  console.error(error.message);
  process.exitCode = 1;
}
