using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>How an endpoint declares what it reads.</summary>
public static class EndpointDocumentation
{
    /// <summary>
    /// Documents the endpoint and permits the names that <see cref="RequestFields"/> may read in it. A list endpoint
    /// adds <c>[.. Field.Paging, …]</c>. Parameters of the route need no declaration.
    /// </summary>
    public static TBuilder Describe<TBuilder>(this TBuilder endpoint, string summary, params IEnumerable<Field> fields)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new EndpointDescription(summary, fields)).WithSummary(summary);
}
