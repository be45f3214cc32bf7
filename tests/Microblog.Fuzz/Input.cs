namespace Microblog.Fuzz;

/// <summary>A field that an operation reads.</summary>
/// <param name="Name">As in a form: <c>source[privacy]</c>, <c>id[]</c>.</param>
/// <param name="Kind">The type that the document names: string, integer, boolean, array, object.</param>
public sealed record Input(string Name, Place Place, string Kind);
