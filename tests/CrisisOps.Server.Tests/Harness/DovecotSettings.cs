using System.Globalization;

namespace CrisisOps.Server.Tests.Harness;

/// <summary>A configuration of Dovecot for one mailbox, run by one ordinary user, in the clear on this machine.</summary>
internal static class DovecotSettings
{
    /// <param name="version">As <c>dovecot --version</c> says it: 2.4 wants other names than 2.3.</param>
    public static string Of(string version, string folder, int port, string user, string group, string uid, string gid, bool idle)
    {
        var names = version.StartsWith("2.3", StringComparison.Ordinal) ? Before(folder, uid, gid) : Since(folder, uid, gid);
        return string.Create(CultureInfo.InvariantCulture, $$"""
            {{names}}
            base_dir = {{folder}}/run
            state_dir = {{folder}}/state
            log_path = {{folder}}/dovecot.log
            listen = 127.0.0.1
            ssl = no
            first_valid_uid = 0
            first_valid_gid = 0
            default_internal_user = {{user}}
            default_internal_group = {{group}}
            default_login_user = {{user}}
            {{(idle ? "" : "imap_capability = IMAP4rev1 LITERAL+")}}
            namespace inbox {
              inbox = yes
            }
            service anvil {
              chroot =
            }
            service imap-login {
              chroot =
              inet_listener imap {
                port = {{port}}
              }
              inet_listener imaps {
                port = 0
              }
            }

            """);
    }

    private static string Before(string folder, string uid, string gid) => $$"""
        protocols = imap
        disable_plaintext_auth = no
        mail_location = maildir:{{folder}}/mail
        passdb {
          driver = passwd-file
          args = {{folder}}/users
        }
        userdb {
          driver = static
          args = uid={{uid}} gid={{gid}} home={{folder}}
        }
        """;

    private static string Since(string folder, string uid, string gid) => $$"""
        dovecot_config_version = 2.4.0
        dovecot_storage_version = 2.4.0
        protocols {
          imap = yes
        }
        auth_allow_cleartext = yes
        mail_driver = maildir
        mail_path = {{folder}}/mail
        passdb passwd-file {
          passwd_file_path = {{folder}}/users
        }
        userdb static {
          fields {
            uid = {{uid}}
            gid = {{gid}}
            home = {{folder}}
          }
        }
        """;
}
