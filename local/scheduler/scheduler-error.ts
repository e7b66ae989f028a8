/** An error of EventBridge Scheduler, with its name and status. */
export class SchedulerError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, status: number, message: string) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

export const conflict = (message: string): SchedulerError => new SchedulerError('ConflictException', 409, message);
export const missing = (message: string): SchedulerError =>
  new SchedulerError('ResourceNotFoundException', 404, message);
export const invalid = (message: string): SchedulerError => new SchedulerError('ValidationException', 400, message);
