using System.Buffers.Text;
using System.Text;

namespace CrisisOps.Server.Hosting;

/// <summary>Opaque cursors: a mark of what they belong to, and values separated by bars, in base64url.</summary>
public static class Cursors
{
    public static string Write(string mark, params ReadOnlySpan<object> values) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes($"{mark}|{string.Join('|', values.ToArray().Select(v => Convert.ToString(v, System.Globalization.CultureInfo.InvariantCulture)))}"));

    /// <summary>The values, or null when the text is no cursor of this kind.</summary>
    public static string[]? Read(string mark, string? cursor, int count)
    {
        if (cursor is null || cursor.Length > 500 || !Base64Url.IsValid(cursor))
        {
            return null;
        }

        var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('|');
        return parts.Length == count + 1 && parts[0] == mark && !parts.Any(part => part.Any(char.IsControl)) ? parts[1..] : null;
    }
}
