using System.Text;

namespace CrisisOps.Server.Access;

/// <summary>An answer that may be RED: whoever gets it is noted before it leaves.</summary>
/// <param name="json">What is answered, as JSON.</param>
public sealed class SeenJson(string json) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var bytes = Encoding.UTF8.GetBytes(json);
        await ReadLog.Opened(httpContext, bytes);
        httpContext.Response.ContentType = "application/json";
        httpContext.Response.ContentLength = bytes.Length;
        await httpContext.Response.Body.WriteAsync(bytes, httpContext.RequestAborted);
    }
}
