/** What `--help` prints. */
export const usage = `tencent-redis-local [OPTION...]

  serves the Redis API of Tencent Cloud on this machine, in front of real Redis servers, until it is interrupted

  --instance ID[@REGION]     an instance, repeatable; without REGION it is in the first region
                             (default crs-5a4py64p)
  --password-file [ID=]FILE  the password that an instance starts with, repeatable; without ID that of all
                             instances (default TENCENT_REDIS_LOCAL_PASSWORD, else a random one that nobody knows)
  --password-free ID         an instance that starts without a password, repeatable
  --region R                 a region that it serves, repeatable (default ap-guangzhou)
  --port N                   the port of the API on 127.0.0.1; 0 is any that is free (default 0)
  --secret-id ID             the API key that requests are signed with (default a random one)
  --secret-key-file FILE     its key (default TENCENT_REDIS_LOCAL_SECRET_KEY, else a random one)
  --role ARN                 a role that can be assumed, repeatable (default any)
  --web-identity-token-file FILE
                             the token that AssumeRoleWithWebIdentity accepts
                             (default TENCENT_REDIS_LOCAL_WEB_IDENTITY_TOKEN, else any that is not expired)
  --cvm-role NAME            the role that the metadata service tells of (default none)
  --temporary-key-seconds S  the longest that temporary keys last (default 7200)
  --task-seconds S           how long a task takes (default 1)
  --requests-per-second N    how many requests of one action and region are served in a second (default 20);
                             DescribeTaskList five times that, AssumeRole thirty times
  --time-zone HOURS          how far the times of the Redis API are ahead of UTC (default 8); --time-zone=-5 is
                             behind it
  --password-time MODE       PasswordLastModifiedTime of root: kept moves with each change of the password, stays
                             moves with ModifyInstanceAccount only, empty is always empty (default kept)
  --fault ACTION=KIND[*N]    something that goes wrong, repeatable: with all requests of that action, or the next N
                               drop-response      done, then the connection is closed without an answer
                               refuse             the connection is closed before anything is done
                               delay:SECONDS      done at once, answered so much later
                               error:CODE         not done, answered with that code
                               http:STATUS        not done, answered with that HTTP status and HTML
                               garbage            done, answered with JSON that is broken off
                               task-fail:MESSAGE  the task that it starts fails, with that message
                               task-error         that task ends with the status error
                               task-stuck         that task runs for ever
                               task-slow:SECONDS  that task takes so long
                               task-forgotten     answered with the id of a task that does not exist
                               task-id:ID         a reset that leaves password-free mode is answered with this id;
                                                  none for no id at all
                               locked:SECONDS     the instance cannot be changed for so long
                               isolated, deleted  the instance is isolated, or to be deleted
                               gone               the instance no longer exists
  --log FILE                 append a JSON line for each request: time, action, code, requestId, taskId, fault
  --export FILE              write a file of \`export\` lines for a POSIX shell to source, with the address and the
                             API key; it is deleted at the end
  -h, --help                 show this text
  --version                  show the version

Secrets are read from files and from the environment, never from the command line, which every user of the machine
can read. The first line on standard output is JSON: where the API and the Redis servers listen, and the API key.
On a terminal each request is a line on standard error, in color unless NO_COLOR is set.
SIGINT, SIGTERM and SIGHUP end everything. Exit codes: 0 after a signal, 1 for a failure, 2 for a usage error.

tencent-redis-local reset [--instance ID[@REGION]] [--password-file FILE]

  resets the password of an instance of a running local cloud behind Pulumi's back, to try drift. It takes the
  address and the API key from the environment that --export writes. Without --password-file the password is
  TENCENT_REDIS_LOCAL_PASSWORD, else a random one.
`;
