using System.Globalization;
using System.Xml.Linq;

namespace CrisisOps.Server.Channels.Cap;

/// <summary>What the text of CAP 1.2 says of areas (3.2.4): WGS 84, <c>latitude,longitude</c> in degrees; radius in kilometres; heights in feet.</summary>
internal static class CapShapes
{
    private static readonly XNamespace _cap = CapXml.Namespace;

    public static IEnumerable<XElement> OddCeilings(XElement alert) => alert.Descendants(_cap + "ceiling")
        .Where(ceiling => ceiling.Parent!.Element(_cap + "altitude") is not { } altitude || Number(altitude.Value) > Number(ceiling.Value));

    public static IEnumerable<XElement> OpenPolygons(XElement alert) => alert.Descendants(_cap + "polygon").Where(polygon =>
    {
        var points = Words(polygon).Select(Point).ToArray();
        return points.Length < 4 || points[0] != points[^1];
    });

    public static IEnumerable<XElement> OddCoordinates(XElement alert) =>
        alert.Descendants(_cap + "polygon").Where(polygon => Words(polygon).Any(word => Point(word) is null))
            .Concat(alert.Descendants(_cap + "circle").Where(circle => Words(circle) is not [var centre, var radius] || Point(centre) is null || Number(radius) is not >= 0));

    private static string[] Words(XElement shape) => shape.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Null for what is no place on Earth.</summary>
    private static (decimal Latitude, decimal Longitude)? Point(string word) =>
        word.Split(',') is [var first, var second] && Number(first) is >= -90 and <= 90 and { } latitude && Number(second) is >= -180 and <= 180 and { } longitude
            ? (latitude, longitude)
            : null;

    private static decimal? Number(string text) =>
        decimal.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
