using System.Reflection;

namespace CrisisOps.Server.Hosting;

/// <summary>A group of reading endpoints. Found by what it implements; commands are Wolverine endpoints and need none of this.</summary>
public interface IRoutes
{
    static abstract void Map(IEndpointRouteBuilder app);
}

/// <summary>Endpoints that exist in Development only.</summary>
public interface IDevelopmentRoutes
{
    static abstract void Map(IEndpointRouteBuilder app);
}

/// <summary>Maps everything that describes routes.</summary>
public static class RouteDiscovery
{
    public static void MapRoutes(this WebApplication app)
    {
        foreach (var type in typeof(RouteDiscovery).Assembly.GetTypes().Where(t => t is { IsInterface: false }))
        {
            if (type.IsAssignableTo(typeof(IRoutes)) || (type.IsAssignableTo(typeof(IDevelopmentRoutes)) && app.Environment.IsDevelopment()))
            {
                type.GetMethod(nameof(IRoutes.Map), BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [app]);
            }
        }
    }
}
