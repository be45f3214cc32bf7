using System.Globalization;
using System.Reflection;
using Microblog.ServiceDefaults.ClientApi.Reading;
using Microsoft.AspNetCore.Http;

namespace Microblog.ServiceDefaults.ClientApi;

/// <summary>
/// An id in a path, as a parameter named like the route's: <c>RecordId id</c> for <c>{id}</c>. What is no 64-bit
/// number is nobody's id and answers 404, where the framework's own binding answers 400.
/// </summary>
public readonly record struct RecordId(long Value)
{
    public static implicit operator long(RecordId id)
    {
        return id.Value;
    }

    public static ValueTask<RecordId> BindAsync(HttpContext http, ParameterInfo parameter)
    {
        var text = Convert.ToString(http.Request.RouteValues[parameter.Name!], CultureInfo.InvariantCulture);
        return ValueTask.FromResult(new RecordId(Parse(text ?? "")));
    }

    /// <summary>
    /// What an analyzer asks of types in routes. Binding prefers <see cref="BindAsync"/>, which can answer 404.
    /// </summary>
    public static bool TryParse(string? text, IFormatProvider? provider, out RecordId id)
    {
        var isId = long.TryParse(text, NumberStyles.AllowLeadingSign, provider, out var value);
        id = new(value);
        return isId;
    }

    public long ToInt64() => Value;

    internal static long Parse(string text) =>
        FieldNumber.TryParse(text, out var id, out var isBeyond) && !isBeyond ? id : throw NotFound();

    internal static ClientException NotFound() => new(404, ClientErrors.RecordNotFound);
}
